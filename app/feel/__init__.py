"""The expression language FEEL (DMN 1.5): parse, evaluate, unary tests."""

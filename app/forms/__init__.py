"""Forms on pages: task forms compiled from their definitions, and WTForms classes for the rest."""

"""Reference data: CPV codes, product groups, labels, dated legal rules, municipalities, exchange rates, regions."""

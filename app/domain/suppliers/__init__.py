"""Suppliers, what they offer and can prove, and the sealed market overview made from these facts."""

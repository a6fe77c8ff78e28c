"""Those who voice the customer."""

from simulator.customers.scripted import ScriptedCustomer

__all__ = ["ScriptedCustomer"]

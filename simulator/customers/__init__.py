"""Those who voice the customer."""

from simulator.customers.scripted import ScriptedCustomer
from simulator.customers.voiced import VoicedCustomer

__all__ = ["ScriptedCustomer", "VoicedCustomer"]

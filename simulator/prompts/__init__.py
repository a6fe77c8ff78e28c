"""Every prompt is a .md file in this folder; one strict pass fills it."""

from simulator.prompts.rendering import Prompt, fenced, render

__all__ = ["Prompt", "fenced", "render"]

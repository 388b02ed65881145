"""Explanations written from figures: a text template with named slots, and what the slots of a year stand for."""

"""Asking and judging. Pure: the clock and the random generator are arguments."""

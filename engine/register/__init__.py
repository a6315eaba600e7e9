"""Registers: collections that a designer declares (offices, organisations, persons …). Their entries live in storage."""

from .read import read_register
from .register import MAX_KEY_LENGTH, Register

__all__ = ["MAX_KEY_LENGTH", "Register", "read_register"]

"""The JSON routes (contract: HTTP)."""

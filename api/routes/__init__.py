"""The JSON routes; /openapi.json describes them."""

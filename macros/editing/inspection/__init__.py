"""The self-check before an inspection: wording, personal data, and what else the State Council's table asks for."""

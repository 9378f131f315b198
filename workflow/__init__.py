"""The domain of disclosure requests: the law, the course of a case, and every act of the office."""

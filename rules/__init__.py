"""What is judged: exact questions about packets and paths, and the rules that ask them."""

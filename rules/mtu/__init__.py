"""Rules about Path MTU Discovery: who must tell, and does the message get through."""

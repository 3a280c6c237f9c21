"""What is of use without the service: each file stands for itself."""

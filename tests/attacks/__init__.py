"""What hostile code tries in a kernel: each attack succeeds at level open, and nowhere else."""

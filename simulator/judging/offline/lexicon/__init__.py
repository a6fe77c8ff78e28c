"""What words mean to the offline appraiser: data, no code."""

"""What is learnt from: folders looked through, photos aligned, cut, and kept in memory."""

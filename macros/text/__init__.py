"""What Chinese text needs: folding, pinyin, safe prose."""

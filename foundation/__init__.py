"""The ground both wings stand on; it knows no word of either business."""

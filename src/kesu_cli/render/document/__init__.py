"""Documents for the office (docx), laid out as GB/T 9704-2012 asks: 通报 and 督办单."""

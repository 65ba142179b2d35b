#pragma once
#include <stdio.h>
#include <zint.h>
/* Swift does not see arrays as large as this one. */
static inline int mintmark_zint_is_dark(const struct zint_symbol *symbol, int row, int column) {
    return symbol->encoded_data[row][column >> 3] >> (column & 7) & 1;
}
static inline const char *mintmark_zint_error(const struct zint_symbol *symbol) { return symbol->errtxt; }
/* False when the path does not fit. */
static inline int mintmark_zint_set_file(struct zint_symbol *symbol, const char *path) {
    return snprintf(symbol->outfile, sizeof symbol->outfile, "%s", path) < (int)sizeof symbol->outfile;
}

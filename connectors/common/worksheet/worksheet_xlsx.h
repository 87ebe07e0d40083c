#pragma once
// A worksheet as XLSX (libxlsxwriter): frozen heading, widths, "#,##0", nothing that a spreadsheet
// would run. Private to this folder. Threads: safe for different paths.
#include <filesystem>
#include <string>
#include <vector>

#include "connectors/common/worksheet/worksheet_cells.h"

namespace connectors::common {

// False: not written. `path` is replaced.
bool write_xlsx(const std::filesystem::path& path, const std::vector<SheetRow>& rows);

}  // namespace connectors::common

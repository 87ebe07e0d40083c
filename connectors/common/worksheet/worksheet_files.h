#pragma once
// A worksheet as files for the clerk: <stem>.xlsx, <stem>.html and <stem>.csv, the CSV last because
// its appearance says that the sheet is complete. Each is written under a hidden name, forced to
// disk and renamed; nothing is ever overwritten. After a crash in between, the same call writes
// what is missing. Errors: conflict (the sheet is there already), invalid (a stem that is no file
// name), unavailable (the folder cannot be written). Threads: safe for different stems.
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "connectors/connector.h"

namespace connectors::common {

// The three paths, in the order they appeared.
base::Result<std::vector<std::string>> write_worksheet(const std::filesystem::path& folder,
                                                       const std::string& stem,
                                                       const std::string& market_name,
                                                       std::span<const WorksheetLine> lines);

}  // namespace connectors::common

#pragma once
// Rows of either format, in one shape: cells by column name, with the line they came from.
// Private to app/import.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/import/importer.h"

namespace app::importing {

struct RawRow {
  std::string file;
  int line = 0;
  Kind kind = Kind::producer;
  const std::vector<std::string>* columns = nullptr;  // of this file or group
  std::vector<std::string> cells;

  // The trimmed cell of that column; empty when the file does not have it.
  std::string_view cell(std::string_view column) const;
};

struct RowSink {
  std::function<void(RawRow&)> row;
  std::function<void(Problem)> problem;
};

// The columns a kind may have, first its id.
const std::vector<std::string>& columns_of(Kind kind);

// What a CSV file's headings say it holds; nothing when they are not understood.
std::optional<Kind> csv_kind(const std::string& path);
void read_csv(const std::string& path, const std::string& shown_name, const RowSink& sink);
void read_xml(const std::string& path, const std::string& shown_name, const RowSink& sink);

}  // namespace app::importing

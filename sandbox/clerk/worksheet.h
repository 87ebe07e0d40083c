#pragma once
// Reads a worksheet as a clerk would: columns by their headings, empty cells mean "as it is".
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sandbox {

enum class Task { create, change, withdraw };

struct TypedRow {
  Task task = Task::change;
  std::string sku;
  std::string name;
  std::optional<std::int64_t> price;
  std::optional<std::int64_t> stock;
};

struct Worksheet {
  std::vector<TypedRow> rows;
  std::vector<std::string> problems;  // rows that a clerk cannot type, and why; they are left out
};

// Semicolon CSV in UTF-8, BOM or not, at most kWorksheetBytesMax. A sheet that cannot be read at
// all, or lacks a heading, has no rows and says so in `problems`.
inline constexpr std::uintmax_t kWorksheetBytesMax = 64U << 20U;
Worksheet read_worksheet(const std::filesystem::path& path);

}  // namespace sandbox

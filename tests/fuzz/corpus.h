#pragma once
// Whole files to mutate, one of each kind that people send us.
#include <string>
#include <vector>

namespace fuzz {

enum class Kind { csv, xlsx, xml };

struct Seed {
  Kind kind = Kind::csv;
  std::string bytes;
  // Of a workbook: its parts, to mutate what is inside the archive too.
  std::vector<std::pair<std::string, std::string>> parts = {};
};

std::vector<Seed> corpus();

}  // namespace fuzz

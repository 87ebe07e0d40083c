#include "storage/sqlite/migrations.h"

#include <charconv>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

namespace storage::sqlite {

// Written by cmake/EmbedText.cmake.
std::span<const std::pair<std::string_view, std::string_view>> migration_texts();

std::vector<Migration> known_migrations() {
  std::vector<Migration> out;
  for (const auto& [name, sql] : migration_texts()) {
    int version = 0;
    std::from_chars(name.data(), name.data() + name.find('_'), version);
    if (version != static_cast<int>(out.size()) + 1) {
      throw std::logic_error("the migrations have a gap before " + std::string(name));
    }
    out.push_back({version, name, sql});
  }
  return out;
}

}  // namespace storage::sqlite

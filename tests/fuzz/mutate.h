#pragma once
// Breaks files in the ways files break and in the ways attackers break them; the same seed breaks
// them the same way. Threads: one per object.
#include <random>
#include <string>

#include "tests/fuzz/corpus.h"

namespace fuzz {

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  // A workbook is broken as an archive, or inside one of its parts and packed again.
  std::string broken(const Seed& seed);
  std::string broken_text(std::string bytes);

 private:
  std::size_t below(std::size_t end);
  void once(std::string& bytes);

  std::mt19937_64 random_;
};

}  // namespace fuzz

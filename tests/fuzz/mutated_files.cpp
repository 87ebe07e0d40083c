// Mutated XLSX, CSV and XML files through every reader, under whatever sanitizer the build has.
//
//   mutated_files --cases 10000 --seed 7       prints its seed; the same seed, the same files
//   mutated_files --seed 7 --only 4711         one case again
//
// Ends with 0 when every promise was kept, and only if files were both read and refused: mutations
// that break everything, or nothing, would prove nothing.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string_view>

#include "tests/fuzz/mutate.h"
#include "tests/fuzz/readers.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace {

constexpr std::chrono::seconds kCaseMax{10};  // sanitized and on a busy machine
unsigned long long current_case = 0;
unsigned long long current_seed = 0;

[[maybe_unused]] void tell_case() {
  std::fprintf(stderr, "in --seed %llu --only %llu\n", current_seed, current_case);
}

struct Options {
  unsigned long long cases = 1'500;
  unsigned long long seed = 20'261'124;
  std::optional<unsigned long long> only;
};

std::optional<Options> options_of(int count, char** words) {
  Options out;
  for (int i = 1; i + 1 < count; i += 2) {
    unsigned long long value = 0;
    const std::string_view text = words[i + 1];
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    const std::string_view name = words[i];
    if (name == "--cases") {
      out.cases = value;
    } else if (name == "--seed") {
      out.seed = value;
    } else if (name == "--only") {
      out.only = value;
    } else {
      return std::nullopt;
    }
  }
  return count % 2 == 1 ? std::optional(out) : std::nullopt;
}

fuzz::Outcome run_case(const std::vector<fuzz::Seed>& corpus, unsigned long long seed,
                       unsigned long long number) {
  fuzz::Mutator mutator(seed * 1'000'003 + number);
  const auto& from = corpus[number % corpus.size()];
  const auto bytes = mutator.broken(from);
  fuzz::Outcome out;
  if (from.kind == fuzz::Kind::xml) {
    fuzz::read_xml_bytes(bytes, out);
  } else {
    fuzz::read_order_bytes(bytes, out);
    fuzz::read_ticked_bytes(bytes, out);
  }
  return out;
}

}  // namespace

int main(int count, char** words) {
  const auto options = options_of(count, words);
  if (!options) {
    std::fprintf(stderr, "usage: mutated_files [--cases N] [--seed N] [--only CASE]\n");
    return 2;
  }
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_set_death_callback(&tell_case);
#endif
  const auto corpus = fuzz::corpus();
  current_seed = options->seed;
  const auto first = options->only.value_or(0);
  const auto last = options->only ? first + 1 : options->cases;
  unsigned long long read = 0;
  std::chrono::milliseconds slowest{0};
  for (current_case = first; current_case < last; ++current_case) {
    const auto begin = std::chrono::steady_clock::now();
    const auto out = run_case(corpus, options->seed, current_case);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin);
    slowest = std::max(slowest, took);
    if (took > kCaseMax) {
      std::fprintf(stderr, "case %llu took %lld ms\n", current_case,
                   static_cast<long long>(took.count()));
      return 1;
    }
    if (out.orders || out.ticks || out.xml) ++read;
  }
  std::printf("seed %llu: %llu files, %llu gave something, %llu were refused, slowest %lld ms\n",
              options->seed, last - first, read, last - first - read,
              static_cast<long long>(slowest.count()));
  const bool alive = options->only || (read > 0 && read < last - first);
  return alive ? 0 : 1;
}

#pragma once
// Takes a seller's catalogue in: CSV files recognised by their headings, XML by docs/catalogue.xsd
// (docs/import-format.md says what each column means).
//
// `check` writes nothing; `all_or_nothing` writes nothing when any row is wrong; `partial` takes
// the good rows, and of those only the ones whose references are good too. Everything a run writes
// is one transaction. The same input twice changes nothing. Errors: a row's fault is a Problem; a
// path that cannot be read is `invalid`. Threads: one.
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "jobs/store.h"

namespace app::importing {

enum class Kind { producer, pool, product, variant, stock, place };
std::string_view to_string(Kind kind);

// One cell that cannot be used: where it is, what it says, what to do.
struct Problem {
  std::string file;
  int line = 0;
  std::string column;
  std::string value;  // shortened; empty for personal data
  std::string cure_vi;
  std::string cure_en;
};

struct Counts {
  std::int64_t rows = 0;
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
};

struct Summary {
  std::map<Kind, Counts> counts;
  std::vector<Problem> problems;
  bool written = false;
};

enum class Mode { check, all_or_nothing, partial };

// Called now and then with the number of rows seen so far.
using Progress = std::function<void(std::int64_t rows)>;

// A file, or a folder whose *.csv and *.xml are taken in the order producers, pools, products,
// variants, stock, places.
base::Result<Summary> import_path(jobs::Store& store, const base::Clock& clock,
                                  const std::string& path, Mode mode, const Progress& progress,
                                  std::string_view actor);

inline constexpr std::size_t kFilesMax = 1'000;
inline constexpr std::size_t kRowsMax = 2'000'000;
inline constexpr std::size_t kProblemsMax = 10'000;
inline constexpr std::size_t kFileBytesMax = std::size_t{512} << 20;

}  // namespace app::importing

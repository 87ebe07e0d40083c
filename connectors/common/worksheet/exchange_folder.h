#pragma once
// The folder that we share with the clerk: worksheets go into out/, order exports come into in/.
// Threads: values; the files in it are the clerk's, too.
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "connectors/factory.h"

namespace connectors::common {

inline constexpr std::size_t kOrderFilesMax = 1'000;

struct ExchangeFolder {
  std::filesystem::path root;

  std::filesystem::path out() const { return root / "out"; }
  std::filesystem::path in() const { return root / "in"; }
};

// Option exchange_dir. Makes out/ and in/ where they are missing. Errors: invalid (the option is
// missing), unavailable (the folders cannot be made).
base::Result<ExchangeFolder> open_exchange(const Settings& settings);

struct OrderFiles {
  std::vector<std::filesystem::path>
      files;                 // *.csv, *.txt, *.xlsx in name order, the latest kOrderFilesMax names
  std::size_t left_out = 0;  // older ones beyond that
};
// Hidden files are left alone: somebody is still writing them.
base::Result<OrderFiles> order_files(const ExchangeFolder& folder);

}  // namespace connectors::common

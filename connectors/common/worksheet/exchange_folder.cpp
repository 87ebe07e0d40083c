#include "connectors/common/worksheet/exchange_folder.h"

#include <algorithm>

#include "base/text.h"

namespace connectors::common {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

base::Result<ExchangeFolder> open_exchange(const Settings& settings) {
  const auto found = settings.options.find("exchange_dir");
  if (found == settings.options.end() || base::trim(found->second).empty()) {
    return Error{ErrorCode::invalid,
                 "account " + settings.account.text + ": option exchange_dir is missing",
                 {},
                 {}};
  }
  const ExchangeFolder folder{fs::path(std::string(base::trim(found->second)))};
  for (const auto& part : {folder.out(), folder.in()}) {
    std::error_code failed;
    fs::create_directories(part, failed);
    if (failed) {
      return Error{ErrorCode::unavailable,
                   "account " + settings.account.text + ": cannot make the exchange folders",
                   {},
                   {}};
    }
  }
  return folder;
}

base::Result<OrderFiles> order_files(const ExchangeFolder& folder) {
  OrderFiles out;
  std::error_code failed;
  fs::directory_iterator entry(folder.in(), failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    const auto& path = entry->path();
    auto ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    // "~$" is how a spreadsheet marks the file it has open.
    const auto name = path.filename().string();
    const bool hidden = name.starts_with('.') || name.starts_with("~$");
    const bool orders = ending == ".csv" || ending == ".txt" || ending == ".xlsx";
    if (orders && !hidden) out.files.push_back(path);
  }
  if (failed) {
    return Error{ErrorCode::unavailable, "the folder of order exports cannot be read", {}, {}};
  }
  std::sort(out.files.begin(), out.files.end());
  if (out.files.size() > kOrderFilesMax) {
    out.left_out = out.files.size() - kOrderFilesMax;
    out.files.erase(out.files.begin(), out.files.end() - kOrderFilesMax);
  }
  return out;
}

}  // namespace connectors::common

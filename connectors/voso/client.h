#pragma once
// The way to Vỏ Sò's clerk: the exchange folder. Private to this folder. Threads: values.
#include <string_view>

#include "connectors/common/worksheet/exchange_connector.h"
#include "connectors/factory.h"

namespace connectors::voso {

inline constexpr std::string_view kName = "Vỏ Sò";

// Option exchange_dir (README.md).
base::Result<common::ExchangeFolder> open_exchange(const Settings& settings);

}  // namespace connectors::voso

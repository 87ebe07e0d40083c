#pragma once
// The way to Postmart's clerk: the exchange folder. Private to this folder. Threads: values.
#include <string_view>

#include "connectors/common/worksheet/exchange_connector.h"
#include "connectors/factory.h"

namespace connectors::postmart {

inline constexpr std::string_view kName = "Postmart (Buudien.vn)";

// Option exchange_dir (README.md).
base::Result<common::ExchangeFolder> open_exchange(const Settings& settings);

}  // namespace connectors::postmart

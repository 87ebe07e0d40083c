#pragma once
// Vỏ Sò: no public seller API exists, so worksheets go out and order exports
// come in (README.md).
#include <memory>

#include "connectors/factory.h"

namespace connectors::voso {

base::Result<std::unique_ptr<Connector>> make(const Settings& settings,
                                              const Environment& environment);

}  // namespace connectors::voso

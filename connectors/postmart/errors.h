#pragma once
// Postmart has no codes of its own: what can go wrong is the folder and the absence of an API. Rows
// of an order export have theirs in connectors/common/worksheet/row_problems.h. Threads: safe.
#include "base/error.h"

namespace connectors::postmart {

// What a call that wants an API is told.
base::Error no_api();
// Names the marketplace in an error of the exchange folder.
base::Error translate(base::Error error);

}  // namespace connectors::postmart

#pragma once
// The words of Postmart's order export, as data: what all Vietnamese exports share, and its own.
// Pure. Threads: safe.
#include "connectors/common/worksheet/order_words.h"

namespace connectors::postmart {

common::OrderWords order_words();

}  // namespace connectors::postmart

#pragma once
// Walks a time range by numbered pages without losing a row that moves between them: a window is
// halved until one page holds it, and grows again after; only within one second are pages turned.
// The cursor is text: "<from, Unix s>:<seconds>:<page>". Errors: invalid for a cursor that cannot
// be read; else the list call's. Threads: one.
#include <functional>
#include <optional>
#include <string>

#include "connectors/common/json.h"
#include "connectors/messages.h"

namespace connectors::shopee {

struct Window {
  std::int64_t from_s = 0;
  std::int64_t seconds = 15 * 24 * 3600;
  std::int64_t page = 0;  // counts from 0
};
inline constexpr std::int64_t kPageWindowSecondsMax = 15 * 24 * 3600;

// What a window's page holds, and where to go on; an empty cursor: that was the last.
struct WindowPage {
  common::Json answer;
  std::string next_cursor;
};
using ListWindow = std::function<base::Result<common::Json>(std::int64_t from_s, std::int64_t to_s,
                                                            std::int64_t page)>;

// `list` answers with response.more. Nothing: the range is empty.
base::Result<std::optional<WindowPage>> walk(const OrderQuery& query, const ListWindow& list);

}  // namespace connectors::shopee

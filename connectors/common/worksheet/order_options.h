#pragma once
// What an account's configuration says about its order exports.
//   order_words   a file of more headings and words (config/maps/README.md)
//   order_sheet   the sheet of a workbook that holds the orders; absent: the first visible one
//   legacy_text   unicode, tcvn3, vni or cp1258: a person's answer where a column's coding is in
//   doubt
// Errors: invalid, naming the option or the line of the file. Threads: safe.
#include "connectors/common/worksheet/order_words.h"
#include "connectors/factory.h"

namespace connectors::common {

inline constexpr std::size_t kWordRowsMax = 2'000;
inline constexpr std::size_t kWordFileBytesMax = std::size_t{1} << 20;

base::Result<OrderWords> with_options(OrderWords words, const Settings& settings);

// Rows of "kind,word,means"; a "#" begins a remark. Words of the file win.
//   heading   a column's heading and what it holds: the names of OrderColumn
//   status    a word and the state it means: the names of catalog::OrderStatus
//   default   quantity, and the packs of a row where no column says it
base::Status add_words(OrderWords& words, std::string_view csv);

std::optional<OrderColumn> order_column_from(std::string_view name);

}  // namespace connectors::common

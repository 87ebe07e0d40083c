#pragma once
// Cells into catalogue values, with the fault of every cell that cannot be used. Pure but for the
// look at picture files. Private to app/import.
#include <optional>
#include <string>

#include "app/import/rows.h"
#include "catalog/place.h"
#include "catalog/producer.h"
#include "catalog/product.h"
#include "catalog/stock.h"

namespace app::importing {

struct StockRow {
  catalog::PoolId pool;
  std::string lot;
  std::string quantity;  // "600 kg", read when the pool's unit is known
  std::string harvested_on;
  std::string expires_on;
};

// Each returns nothing when any cell is wrong; every fault was given to the sink.
std::optional<catalog::Producer> to_producer(const RawRow& row, const RowSink& sink);
std::optional<catalog::StockPool> to_pool(const RawRow& row, const RowSink& sink);
// Pictures are looked for beside the file, in `folder`.
std::optional<catalog::Product> to_product(const RawRow& row, const RowSink& sink,
                                           const std::string& folder);
std::optional<catalog::Variant> to_variant(const RawRow& row, const RowSink& sink);
std::optional<StockRow> to_stock(const RawRow& row, const RowSink& sink);
std::optional<catalog::Place> to_place(const RawRow& row, const RowSink& sink);

// A problem of one cell; the value of a column that may hold personal data is left out.
Problem problem_at(const RawRow& row, std::string_view column, const std::string& vi,
                   const std::string& en);

}  // namespace app::importing

#include "connectors/lazada/sku_batches.h"

#include <algorithm>
#include <utility>

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;

// What may have happened outweighs what certainly did not.
void stop_with(PushReport& report, Error error) {
  const bool heavier = error.code == ErrorCode::unknown_outcome;
  if (!report.stopped_by || (heavier && report.stopped_by->code != ErrorCode::unknown_outcome)) {
    report.stopped_by = std::move(error);
  }
}

}  // namespace

void SkuBatches::push(SkuWrite write, std::span<const SkuRow> rows, PushReport& report) {
  std::vector<SkuRow> chunk;
  const auto flush = [&] {
    const auto next = chunk.empty() ? Next::go_on : send(write, chunk, report);
    chunk.clear();
    return next;
  };
  for (const auto& row : rows) {
    const bool single = alone_.contains(row.binding.unit_id);
    if (single && flush() == Next::stop) return;
    chunk.push_back(row);
    const bool full = chunk.size() >= client_.options().stock_batch;
    if ((single || full) && flush() == Next::stop) return;
  }
  flush();
}

SkuBatches::Next SkuBatches::send(SkuWrite write, std::span<const SkuRow> rows,
                                  PushReport& report) {
  const auto answer = client_.write_skus(write, sku_rows_xml(write, rows));
  if (!answer) {
    stop_with(report, answer.error());
    return Next::stop;
  }
  const auto& error = answer.value().error;
  if (!error) {
    for (const auto& row : rows) {
      report.accepted.push_back(row.index);
      alone_.erase(row.binding.unit_id);
    }
    return Next::go_on;
  }
  if (!concerns_the_goods(*error)) {
    stop_with(report, *error);
    return Next::stop;
  }
  return settle_refusal(write, rows, answer.value(), report);
}

SkuBatches::Next SkuBatches::settle_refusal(SkuWrite write, std::span<const SkuRow> rows,
                                            const Answer& answer, PushReport& report) {
  const auto named = refusals(answer.body, rows);
  if (rows.size() == 1) {
    const auto& error = named.rows.empty() ? *answer.error : named.rows.front().second;
    report.rejected.push_back({rows.front().index, error});
    return Next::go_on;
  }
  std::vector<SkuRow> others;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto refused = std::find_if(named.rows.begin(), named.rows.end(),
                                      [&](const auto& entry) { return entry.first == i; });
    if (named.complete && refused != named.rows.end()) {
      report.rejected.push_back({rows[i].index, refused->second});
    } else {
      others.push_back(rows[i]);
    }
  }
  if (write == SkuWrite::set_price) {
    if (named.complete) return others.empty() ? Next::go_on : send(write, others, report);
    for (const auto& row : others) {
      if (send(write, {&row, 1}, report) == Next::stop) return Next::stop;
    }
    return Next::go_on;
  }
  if (!named.complete) {
    for (const auto& row : others) alone_.insert(row.binding.unit_id);
  }
  if (!others.empty()) {
    Error unknown = *answer.error;
    unknown.code = ErrorCode::unknown_outcome;
    stop_with(report, std::move(unknown));
  }
  return Next::go_on;
}

}  // namespace connectors::lazada

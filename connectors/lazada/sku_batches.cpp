#include "connectors/lazada/sku_batches.h"

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/lazada/mapping.h"

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

bool is_too_much(const Error& error) {
  constexpr std::array<std::string_view, 4> kCodes = {"ServiceTimeout", "204", "513", "4171"};
  return std::find(kCodes.begin(), kCodes.end(), error.vendor_code) != kCodes.end();
}

bool speaks_of_campaign(const Error& error) {
  constexpr std::array<std::string_view, 2> kCodes = {"212", "4170"};
  return std::find(kCodes.begin(), kCodes.end(), error.vendor_code) != kCodes.end() ||
         error.message.find("CAMPAIGN") != std::string::npos ||
         error.message.find("ampaign") != std::string::npos;
}

const Error* refusal_of(const Refusals& named, std::size_t position) {
  const auto found = std::find_if(named.rows.begin(), named.rows.end(),
                                  [&](const auto& entry) { return entry.first == position; });
  return found == named.rows.end() ? nullptr : &found->second;
}

bool shows(std::span<const RemoteListing> shown, const SkuRow& row) {
  return std::any_of(shown.begin(), shown.end(), [&](const RemoteListing& one) {
    return one.binding == row.binding && one.stock == row.amount;
  });
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
    const bool full = chunk.size() >= limit_;
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
  if (is_too_much(*error)) limit_ = std::min(limit_, kCarefulBatch);
  if (!concerns_the_goods(*error)) {
    stop_with(report, *error);
    return Next::stop;
  }
  return settle_refusal(write, rows, answer.value(), report);
}

SkuBatches::Next SkuBatches::settle_refusal(SkuWrite write, std::span<const SkuRow> rows,
                                            const Answer& answer, PushReport& report) {
  auto named = refusals(answer.body, rows);
  if (rows.size() == 1) {
    const auto& error = named.rows.empty() ? *answer.error : named.rows.front().second;
    report.rejected.push_back({rows.front().index, refused(write, rows.front(), error)});
    return Next::go_on;
  }
  if (!named.complete) named.rows.clear();
  for (const auto& [position, error] : named.rows) {
    report.rejected.push_back({rows[position].index, refused(write, rows[position], error)});
  }
  if (write == SkuWrite::set_price || write == SkuWrite::set_special) {
    return send_rest(write, rows, named, report);
  }
  confirm(write, rows, answer, named, report);
  return Next::go_on;
}

// Nobody named: the guilty one is looked for by halves.
SkuBatches::Next SkuBatches::send_rest(SkuWrite write, std::span<const SkuRow> rows,
                                       const Refusals& named, PushReport& report) {
  if (named.rows.empty()) {
    const std::size_t half = rows.size() / 2;
    if (send(write, rows.first(half), report) == Next::stop) return Next::stop;
    return send(write, rows.subspan(half), report);
  }
  std::vector<SkuRow> others;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (refusal_of(named, i) == nullptr) others.push_back(rows[i]);
  }
  return others.empty() ? Next::go_on : send(write, others, report);
}

void SkuBatches::confirm(SkuWrite write, std::span<const SkuRow> rows, const Answer& answer,
                         const Refusals& named, PushReport& report) {
  std::vector<SkuRow> others;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (refusal_of(named, i) == nullptr) others.push_back(rows[i]);
  }
  std::vector<RemoteListing> shown;
  if (write == SkuWrite::set_sellable && !others.empty()) {
    if (const auto read = read_back(others)) shown = listings(read.value());
  }
  bool open = false;
  for (const auto& row : others) {
    if (shows(shown, row)) {
      report.accepted.push_back(row.index);
      continue;
    }
    open = true;
    if (named.rows.empty()) alone_.insert(row.binding.unit_id);
  }
  if (!open) return;
  Error unknown = *answer.error;
  unknown.code = ErrorCode::unknown_outcome;
  stop_with(report, std::move(unknown));
}

// The floor of a campaign is the nearest that may be set: fewer packs than before, if not as few.
Error SkuBatches::refused(SkuWrite write, const SkuRow& row, const Error& error) {
  if (write != SkuWrite::set_sellable || !speaks_of_campaign(error)) return error;
  const auto read = read_back({&row, 1});
  if (!read) return error;
  const auto floor = campaign_floor(read.value(), row.binding, client_.now());
  if (floor <= row.amount) return error;
  SkuRow lowest = row;
  lowest.amount = floor;
  const auto answer = client_.write_skus(write, sku_rows_xml(write, {&lowest, 1}));
  const bool set = answer && !answer.value().error;
  Error told = error;
  told.code = ErrorCode::rejected;
  told.message = "Lazada: a running campaign keeps " + std::to_string(floor) + " packs of " +
                 row.sku.text + " on sale; wanted " + std::to_string(row.amount) +
                 (set ? ", set to " + std::to_string(floor) : ", left as it was");
  return told;
}

base::Result<common::Json> SkuBatches::read_back(std::span<const SkuRow> rows) {
  if (rows.size() == 1 || rows.front().sku.text.empty()) {
    return client_.product(rows.front().binding.item_id);
  }
  std::vector<std::string> skus;
  for (const auto& row : rows) {
    if (!row.sku.text.empty() && skus.size() < kProductPageMax) skus.push_back(row.sku.text);
  }
  return client_.products_by_sku(skus);
}

}  // namespace connectors::lazada

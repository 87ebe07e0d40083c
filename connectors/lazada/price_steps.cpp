#include "connectors/lazada/price_steps.h"

#include <algorithm>
#include <utility>

#include "connectors/lazada/mapping.h"

namespace connectors::lazada {

namespace {

using base::Done;
using base::Error;
using base::ErrorCode;

constexpr std::int64_t kWhole = 100;

Error jump_refused(const SkuRow& row, std::int64_t now) {
  return {ErrorCode::rejected,
          "Lazada: " + row.sku.text + " would move from " + std::to_string(now) + " to " +
              std::to_string(row.amount) + ", more than " + std::to_string(kPriceJumpPercent) +
              " % at once; set price_jump = step or move it in two steps",
          {},
          {}};
}

}  // namespace

bool price_jumps(std::int64_t from, std::int64_t to) {
  return from > 0 && std::abs(to - from) * kWhole > from * kPriceJumpPercent;
}

std::int64_t price_step(std::int64_t from, std::int64_t to) {
  if (!price_jumps(from, to)) return to;
  const auto reach = from * kPriceJumpPercent / kWhole;
  return reach == 0 ? to : to > from ? from + reach : from - reach;
}

void PriceSteps::push(std::span<const PriceUpdate> batch, PushReport& report) {
  std::vector<SkuRow> rows;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& update = batch[i];
    if (update.binding.unit_id.empty()) {
      report.rejected.push_back(
          {i, {ErrorCode::invalid, "Lazada: " + update.sku.text + " has no SkuId", {}, {}}});
      continue;
    }
    rows.push_back({i, update.binding, update.sku, update.price, {}});
  }
  const auto rule = client_.options().price_jump;
  if (rule != PriceJump::send) {
    if (const auto seen = look_up(rows); !seen) {
      report.stopped_by = seen.error();
      return;
    }
  }
  if (rule == PriceJump::reject) reject_jumps(rows, report);
  if (rule == PriceJump::step && !walk(rows, report)) return;
  batches_.push(SkuWrite::set_price, rows, report);
  for (const auto& row : rows) {
    const auto& done = report.accepted;
    if (std::find(done.begin(), done.end(), row.index) == done.end()) {
      known_.erase(row.binding.unit_id);
    } else {
      known_[row.binding.unit_id] = {row.amount, client_.now()};
    }
  }
}

void PriceSteps::remember(std::span<const RemoteListing> shown) {
  if (known_.size() + shown.size() > kPricesKnownMax) known_.clear();
  for (const auto& listing : shown) {
    known_[listing.binding.unit_id] = {listing.price, client_.now()};
  }
}

base::Status PriceSteps::look_up(std::span<const SkuRow> rows) {
  std::vector<std::string> skus;
  const auto ask = [&]() -> base::Status {
    if (skus.empty()) return Done{};
    const auto answer = client_.products_by_sku(skus);
    skus.clear();
    if (!answer && answer.error().code == ErrorCode::not_found) return Done{};
    if (!answer) return answer.error();
    remember(listings(answer.value()));
    return Done{};
  };
  for (const auto& row : rows) {
    if (known(row) != nullptr || row.sku.text.empty()) continue;
    skus.push_back(row.sku.text);
    if (skus.size() < kProductPageMax) continue;
    if (const auto seen = ask(); !seen) return seen;
  }
  return ask();
}

const PriceSteps::Known* PriceSteps::known(const SkuRow& row) const {
  const auto found = known_.find(row.binding.unit_id);
  if (found == known_.end() || client_.now() >= found->second.at + kPriceLife) return nullptr;
  return &found->second;
}

void PriceSteps::reject_jumps(std::vector<SkuRow>& rows, PushReport& report) {
  std::erase_if(rows, [&](const SkuRow& row) {
    const auto* now = known(row);
    const bool jumps = now != nullptr && price_jumps(now->price, row.amount);
    if (jumps) report.rejected.push_back({row.index, jump_refused(row, now->price)});
    return jumps;
  });
}

// Brings every price within one step of what is wanted; false when that was stopped.
bool PriceSteps::walk(std::vector<SkuRow>& rows, PushReport& report) {
  for (int round = 0; round < kPriceStepsMax; ++round) {
    std::vector<SkuRow> steps;
    for (const auto& row : rows) {
      const auto* now = known(row);
      const auto next = now == nullptr ? row.amount : price_step(now->price, row.amount);
      if (next == row.amount) continue;
      steps.push_back(row);
      steps.back().amount = next;
    }
    if (steps.empty()) return true;
    PushReport half_way;
    batches_.push(SkuWrite::set_price, steps, half_way);
    for (const auto& step : steps) {
      const auto& done = half_way.accepted;
      const bool set = std::find(done.begin(), done.end(), step.index) != done.end();
      if (set) known_[step.binding.unit_id] = {step.amount, client_.now()};
    }
    for (auto& rejection : half_way.rejected) {
      std::erase_if(rows, [&](const SkuRow& row) { return row.index == rejection.index; });
      report.rejected.push_back(std::move(rejection));
    }
    if (half_way.stopped_by) {
      report.stopped_by = std::move(half_way.stopped_by);
      return false;
    }
  }
  return true;
}

}  // namespace connectors::lazada

#include "connectors/lazada/money_mapping.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"
#include "base/time_text.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using catalog::Money;
using catalog::Settlement;
using catalog::SettlementKind;
using common::Json;

struct KindRow {
  std::string_view fee_type;
  SettlementKind kind;
};
// The types that every order has; the others are told by their name.
constexpr auto kKinds = std::to_array<KindRow>({
    {"3", SettlementKind::service},     {"4", SettlementKind::service},
    {"7", SettlementKind::shipping},    {"8", SettlementKind::shipping},
    {"13", SettlementKind::goods},      {"14", SettlementKind::refund},
    {"15", SettlementKind::commission}, {"16", SettlementKind::commission},
    {"65", SettlementKind::commission}, {"66", SettlementKind::commission},
    {"118", SettlementKind::voucher},   {"121", SettlementKind::voucher},
    {"142", SettlementKind::shipping},  {"143", SettlementKind::shipping},
    {"201", SettlementKind::tax},       {"202", SettlementKind::voucher},
    {"203", SettlementKind::voucher},   {"501", SettlementKind::goods},
    {"505", SettlementKind::refund},
});

constexpr auto kMonths = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

bool has(std::string_view words, std::string_view mark) {
  return words.find(mark) != std::string_view::npos;
}

SettlementKind kind_by_name(std::string_view name, std::string_view type) {
  if (has(name, "withholding") || has(name, "wht") || has(name, " tax") || has(name, "vat")) {
    return SettlementKind::tax;
  }
  if (has(name, "shipping") || has(name, "delivery fee") || has(type, "logistics")) {
    return SettlementKind::shipping;
  }
  if (has(name, "commission")) return SettlementKind::commission;
  if (has(name, "voucher") || has(name, "promotional") || has(name, "flexi") ||
      has(name, "lazcoin")) {
    return SettlementKind::voucher;
  }
  if (has(type, "marketing") || has(type, "lazada fees")) return SettlementKind::service;
  if (has(type, "refunds-sales")) return SettlementKind::refund;
  if (has(type, "orders-sales")) return SettlementKind::goods;
  return SettlementKind::other;
}

std::optional<Money> money_at(const Json& row, std::string_view name) {
  const auto dong = common::money_vnd(row, name);
  if (!dong) return std::nullopt;
  return Money{*dong};
}

bool says_yes(const Json& row, std::string_view name) {
  const auto word = base::fold(common::text(row, name));
  return word == "yes" || word == "true" || word == "1";
}

Settlement& settlement_of(const Json& row, base::Instant day, std::vector<Settlement>& all) {
  auto order_id = common::text(row, "order_no");
  if (order_id == "0") order_id.clear();
  const auto key = order_id.empty() ? common::text(row, "transaction_number") : order_id;
  const auto remote_id = key + "@" + base::local_date(day);
  const auto known = std::find_if(all.begin(), all.end(),
                                  [&](const auto& one) { return one.remote_id == remote_id; });
  if (known != all.end()) return *known;
  Settlement fresh;
  fresh.remote_id = remote_id;
  fresh.order_id = order_id;
  fresh.paid_at = day;
  all.push_back(std::move(fresh));
  return all.back();
}

// Units of one order have the same fees: one line per kind and name.
void add_line(Settlement& settlement, SettlementKind kind, const std::string& name, Money amount) {
  settlement.net = settlement.net + amount;
  const auto known =
      std::find_if(settlement.lines.begin(), settlement.lines.end(),
                   [&](const auto& line) { return line.kind == kind && line.remote_name == name; });
  if (known != settlement.lines.end()) {
    known->amount = known->amount + amount;
  } else {
    settlement.lines.push_back({kind, name, amount});
  }
}

}  // namespace

SettlementKind settlement_kind(std::string_view fee_type, std::string_view fee_name,
                               std::string_view transaction_type) {
  const auto row = std::find_if(kKinds.begin(), kKinds.end(),
                                [&](const KindRow& known) { return known.fee_type == fee_type; });
  if (row != kKinds.end()) return row->kind;
  return kind_by_name(base::fold(fee_name), base::fold(transaction_type));
}

std::optional<base::Instant> transaction_day(std::string_view text) {
  if (auto local = base::parse_local(text)) return local;
  if (auto iso = base::parse_iso(text, base::kVietnamOffset)) return iso;
  const auto first = text.find(' ');
  const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto word = base::fold(text.substr(first + 1, second - first - 1)).substr(0, 3);
  const auto month = std::find(kMonths.begin(), kMonths.end(), word);
  if (month == kMonths.end()) return std::nullopt;
  const auto number = std::to_string(101 + (month - kMonths.begin())).substr(1);
  auto day = std::string{text.substr(0, first)};
  if (day.size() == 1) day.insert(0, "0");
  return base::parse_local(day + "/" + number + "/" + std::string{text.substr(second + 1)});
}

void add_transactions(const Json& answer, std::vector<Settlement>& settlements,
                      std::vector<Error>& unreadable) {
  for (const Json& row : common::items(answer, "data")) {
    const auto day = transaction_day(common::text(row, "transaction_date"));
    const auto amount = money_at(row, "amount");
    const auto name = common::text(row, "fee_name");
    if (!day || !amount) {
      unreadable.push_back({ErrorCode::protocol,
                            "Lazada: transaction " + common::text(row, "transaction_number") +
                                " (" + name + ") has no day or no whole amount",
                            {},
                            {}});
      continue;
    }
    const auto withheld = money_at(row, "WHT_amount").value_or(Money{});
    const bool inside = says_yes(row, "WHT_included_in_amount");
    auto& settlement = settlement_of(row, *day, settlements);
    const auto kind =
        settlement_kind(common::text(row, "fee_type"), name, common::text(row, "transaction_type"));
    add_line(settlement, kind, name, inside ? *amount - withheld : *amount);
    if (withheld.minor != 0) {
      add_line(settlement, SettlementKind::tax, "WHT " + name, withheld);
    }
  }
}

std::size_t transaction_count(const Json& answer) {
  return common::items(answer, "data").size();
}

}  // namespace connectors::lazada

#pragma once
// Lazada's transactions as catalog::Settlement: fees and withheld tax as lines of their own.
// `WHT_amount` is the tax withheld of a transaction; where it is included in `amount` it is taken
// out of it, so that the two lines add up to the amount. Pure. Threads: safe.
// Errors: a row without an amount or a day is named in `unreadable`.
// Source: Lazada Open Platform, "QueryTransactionDetails fee type", finance API page, 2025-12.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/settlement.h"
#include "connectors/common/json.h"

namespace connectors::lazada {

catalog::SettlementKind settlement_kind(std::string_view fee_type, std::string_view fee_name,
                                        std::string_view transaction_type);
// "17 May 2016", or any ISO form: midnight in Vietnam.
std::optional<base::Instant> transaction_day(std::string_view text);

// Adds the rows of one answer to the settlements of their day.
void add_transactions(const common::Json& answer, std::vector<catalog::Settlement>& settlements,
                      std::vector<base::Error>& unreadable);
std::size_t transaction_count(const common::Json& answer);

}  // namespace connectors::lazada

#pragma once
// A person says what of a worksheet is now on the market.
#include <string>
#include <vector>

#include "jobs/services.h"

namespace jobs {

// Confirms the open rows of the sheet, or only those in `skus` when it is not empty. From then on
// the listings are live and what the sheet says is what they show. Returns the rows confirmed.
int confirm_worksheet(Tables& tables, const Worksheet& sheet, const std::vector<catalog::Sku>& skus,
                      base::Instant at, std::string_view by);

// A row that nobody has confirmed, with how old both words on these goods are.
struct UnconfirmedRow {
  WorksheetRow row;
  std::string stem;
  base::Instant declared_at;
  std::optional<base::Instant> last_confirmed_at;  // of the same goods; nothing: never
  std::string last_confirmed_by;
};
// Oldest first, without those that a later confirmed sheet has said anew.
std::vector<UnconfirmedRow> unconfirmed_rows(Tables& tables, const catalog::AccountId& account);

}  // namespace jobs

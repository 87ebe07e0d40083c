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

}  // namespace jobs

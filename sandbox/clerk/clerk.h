#pragma once
// The clerk of a marketplace without an API (Voso, Postmart): types worksheets into it, exports its
// orders. Works through two folders: <exchange>/out holds worksheets, <exchange>/in gets exports.
// Orders move on with the driven clock: confirmed, on their way, done. Threads: one mutex.
#include <chrono>
#include <filesystem>
#include <memory>

#include "sandbox/channel.h"
#include "sandbox/context.h"

namespace sandbox {

class Clerk : public Channel {
 public:
  // One round: every worksheet not typed yet in the order of their names, then an export of the
  // orders that are new or have moved on since the last one.
  // {"typed":rows,"worksheets":[names],"problems":[texts],"exported":orders,"file":name|null}
  virtual web::json::value work() = 0;
};

// `shop_heading`: a line with the shop's name above the headings and a total below, as some
// marketplaces export.
enum class ExportStyle { plain, shop_heading };
// `work_every`: work() by itself when that much driven time has passed; 0 only when asked.
std::unique_ptr<Clerk> make_clerk(Context& context, const std::string& channel,
                                  const std::filesystem::path& exchange, ExportStyle style,
                                  std::chrono::seconds work_every = std::chrono::seconds{0});

}  // namespace sandbox

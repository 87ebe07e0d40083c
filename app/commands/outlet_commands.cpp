// The commands of what goes out beside listings: chosen goods, the feed, open data. The rest of the
// table is in commands.cpp.
#include "app/commands/commands.h"

namespace app {

std::vector<Command> outlet_commands() {
  return {
      {"campaign list",
       "",
       0,
       0,
       {"account"},
       "hàng được chọn, giá khuyến mãi và thời gian, theo tệp của từng gian hàng",
       "chosen goods, special prices and windows, by each shop's file",
       {"campaign list", "campaign list --account lazada --json"},
       &campaign_list},
      {"campaign push",
       "",
       0,
       0,
       {"account", "wait", "dry-run"},
       "báo các sàn hàng được chọn và giá khuyến mãi",
       "tell the channels the chosen goods and their special prices",
       {"campaign push --dry-run", "campaign push --account lazada"},
       &campaign_push},
      {"feed write",
       "",
       0,
       0,
       {"force", "dry-run"},
       "ghi nguồn hàng (RSS) cho các cổng tự lấy",
       "write the product feed (RSS) that portals pull",
       {"feed write --dry-run", "feed write", "feed write --force"},
       &feed_write},
      {"places list",
       "",
       0,
       0,
       {},
       "nhà hàng, cửa hàng, điểm đến",
       "restaurants, shops, places to visit",
       {"places list"},
       &places_list},
      {"places export",
       "",
       0,
       0,
       {"format", "out", "dry-run"},
       "xuất dữ liệu mở: địa điểm và nhà sản xuất (JSON-LD, CSV)",
       "open data: places and producers (JSON-LD, CSV)",
       {"places export --out places.jsonld", "places export --format csv --out places.csv"},
       &places_export},
  };
}

}  // namespace app

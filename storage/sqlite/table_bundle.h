#pragma once
// Every table over one connection, as jobs::Tables. Private to this folder. Threads: those of the
// connection.
#include "storage/sqlite/call_tables.h"
#include "storage/sqlite/channel_tables.h"
#include "storage/sqlite/job_table.h"
#include "storage/sqlite/listing_table.h"
#include "storage/sqlite/order_table.h"
#include "storage/sqlite/place_table.h"
#include "storage/sqlite/product_table.h"
#include "storage/sqlite/sale_tables.h"
#include "storage/sqlite/shipment_table.h"
#include "storage/sqlite/stock_table.h"

namespace storage::sqlite {

class TableBundle {
 public:
  explicit TableBundle(Database& database)
      : products_(database),
        stock_(database),
        listings_(database),
        orders_(database),
        fulfilment_(database),
        after_sale_(database),
        places_(database),
        shipments_(database),
        outbox_(database),
        jobs_(database),
        cursors_(database),
        inbox_(database),
        worksheets_(database),
        sessions_(database),
        pace_(database),
        uploads_(database),
        maps_(database) {}
  TableBundle(const TableBundle&) = delete;
  TableBundle& operator=(const TableBundle&) = delete;

  jobs::Tables& tables() { return tables_; }

 private:
  ProductTable products_;
  StockTable stock_;
  ListingTable listings_;
  OrderTable orders_;
  FulfilmentTable fulfilment_;
  AfterSaleTable after_sale_;
  PlaceTable places_;
  ShipmentTable shipments_;
  Outbox outbox_;
  JobTable jobs_;
  CursorTable cursors_;
  InboxTable inbox_;
  WorksheetTable worksheets_;
  SessionTable sessions_;
  PaceTable pace_;
  UploadTable uploads_;
  MapTable maps_;
  jobs::Tables tables_{{products_, stock_, listings_, orders_, fulfilment_, after_sale_, places_,
                        shipments_, outbox_},
                       jobs_,
                       cursors_,
                       inbox_,
                       worksheets_,
                       sessions_,
                       pace_,
                       uploads_,
                       maps_};
};

}  // namespace storage::sqlite

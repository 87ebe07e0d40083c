-- Places that visitors go to, given out as open data. Lists without commas of their own are joined
-- by '|'.

CREATE TABLE place (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('restaurant', 'cafe', 'shop', 'market', 'farm', 'lodging')),
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  description_vi TEXT NOT NULL,
  description_en TEXT NOT NULL,
  address TEXT NOT NULL,
  ward_scheme TEXT NOT NULL,
  ward_code TEXT NOT NULL,
  ward_name TEXT NOT NULL,
  ward_province_code TEXT NOT NULL,
  ward_province_name TEXT NOT NULL,
  ward_as_typed TEXT NOT NULL,
  ward_before_2025 TEXT NOT NULL,
  latitude INTEGER,
  longitude INTEGER CHECK ((longitude IS NULL) = (latitude IS NULL)),
  phone TEXT NOT NULL,
  opening_hours TEXT NOT NULL,
  cuisines TEXT NOT NULL,
  price_range TEXT NOT NULL,
  website TEXT NOT NULL,
  image TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE place_speciality (
  place TEXT NOT NULL REFERENCES place (id),
  position INTEGER NOT NULL,
  product TEXT NOT NULL REFERENCES product (id),
  PRIMARY KEY (place, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_speciality_product ON place_speciality (product);

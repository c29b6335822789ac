import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Places of the world to choose partner municipalities from, and where a municipality lies. */
export class Places1764100043000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE place (
        geonames_id integer CONSTRAINT pk_place PRIMARY KEY,
        name text NOT NULL,
        local_name text,
        country char(2) NOT NULL CONSTRAINT fk_place_country REFERENCES country,
        region text,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        population integer NOT NULL CONSTRAINT ck_place_population CHECK (population >= 0),
        -- Each name between bars, so that a whole name can be told from a part of one.
        names text NOT NULL,
        search_name text NOT NULL GENERATED ALWAYS AS (fold(names)) STORED
      );
      CREATE INDEX ix_place_search_name ON place USING gin (search_name extensions.gin_trgm_ops) WITH (fastupdate = off);
      REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON place FROM svc_partnership;

      ALTER TABLE municipality ADD COLUMN longitude double precision, ADD COLUMN latitude double precision,
        ADD CONSTRAINT ck_municipality_position CHECK ((longitude IS NULL) = (latitude IS NULL)
          AND longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90);
      UPDATE municipality m SET longitude = e.longitude, latitude = e.latitude
        FROM register_entry e WHERE e.key = m.register_key AND e.longitude IS NOT NULL AND e.latitude IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE municipality DROP COLUMN longitude, DROP COLUMN latitude; DROP TABLE place;');
  }
}

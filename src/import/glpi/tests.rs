//! What agents say, by invented inventories.

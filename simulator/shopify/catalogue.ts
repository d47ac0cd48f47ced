// What the simulated shop sells. Prices in cents.

export type Product = {
  productId: number;
  variantId: number;
  title: string;
  variantTitle: string;
  sku: string;
  price: number;
  grams: number;
};

export type ProductName = keyof typeof CATALOGUE;

export const VENDOR = "Northwind Toys";

export const CATALOGUE = {
  kite: {
    productId: 8_301_224_517_719,
    variantId: 44_620_103_385_111,
    title: "Box Kite",
    variantTitle: "Red",
    sku: "KITE-RED",
    price: 3400,
    grams: 410,
  },
  train: {
    productId: 8_301_224_550_487,
    variantId: 44_620_103_417_879,
    title: "Wooden Train",
    variantTitle: "Natural",
    sku: "TRAIN-NAT",
    price: 5250,
    grams: 980,
  },
  puzzle: {
    productId: 8_301_224_583_255,
    variantId: 44_620_103_450_647,
    title: "Harbour Puzzle",
    variantTitle: "1000 pieces",
    sku: "PUZ-HARB-1000",
    price: 1895,
    grams: 620,
  },
  robot: {
    productId: 8_301_224_616_023,
    variantId: 44_620_103_483_415,
    title: "Wind-up Robot",
    variantTitle: "Tin",
    sku: "ROBOT-TIN",
    price: 2700,
    grams: 300,
  },
} satisfies Record<string, Product>;

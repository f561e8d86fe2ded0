/** First and last names of one region, so that implausible combinations stay rare. */
interface NameSet {
  first: string[];
  last: string[];
}

const nameSet = (first: string, last: string): NameSet => ({ first: first.split(', '), last: last.split(', ') });

export const NAME_SETS: readonly NameSet[] = [
  nameSet(
    'Amelia, Oliver, Harriet, George, Imogen, Rupert, Poppy, Desmond, Florence, Callum, Isla, Alistair',
    'Whitfield, Ashworth, Pemberton, Hartley, Crawford, Fairbanks, Thornton, Lockwood, MacAllister, Ellery-Vaughan, Prescott, Wren',
  ),
  nameSet(
    'Siobhán, Cillian, Aoife, Eoghan, Niamh, Pádraig, Gráinne, Rónán, Sadhbh, Fiachra',
    "O'Brien, O'Sullivan, Ní Chonaill, Mac Giolla, Byrne, D'Arcy, Fitzgerald, O'Shaughnessy, Kavanagh",
  ),
  nameSet(
    'Camille, Étienne, Chloé, Rémi, Anaïs, Jean-Baptiste, Léa, Gaël, Maëlle, Aurélien, Inès, Marie-Hélène',
    "Lefèvre, Dubois-Laurent, N'Guessan, Garçon, Béranger, Chevalier, D'Aubigny, Marchand, Rousseau, Thévenet, Girard",
  ),
  nameSet(
    'Jürgen, Käthe, Anselm, Friederike, Matthias, Ulrike, Jörg, Liesel, Benedikt, Hannelore, Torsten, Greta',
    'Müller, Großmann, Schäfer, Von der Heide, Krüger, Weiß, Bäumler, Hoffmann, Löwenstein, Vogt, Jäger',
  ),
  nameSet(
    'Astrid, Bjørn, Solveig, Lars, Åse, Søren, Freja, Mikkel, Linnéa, Håkon, Ingrid, Malte',
    'Nørgaard, Lindström, Østergaard, Ångström, Bergqvist, Sjöberg, Kjær, Halvorsen, Dahl, Mäkelä, Virtanen, Þórsson',
  ),
  nameSet(
    'Lucía, Javier, Ximena, Íñigo, María José, Álvaro, Noelia, Joaquín, Rocío, Andrés, Belén, Tomás',
    'García Márquez, Fernández, Núñez, Ibáñez, De la Cruz, Ortega, Peña, Quiñones, Villalobos, Zúñiga, Castañeda',
  ),
  nameSet(
    'João, Beatriz, Thiago, Conceição, Luís, Inês, Mateus, Graça, Rui, Letícia, Gonçalo, Vitória',
    'Nogueira, Gonçalves, Da Silva, Araújo, Magalhães, Brandão, Dos Santos, Falcão, Simões, Queirós',
  ),
  nameSet(
    'Giulia, Lorenzo, Chiara, Matteo, Ludovica, Alessandro, Ginevra, Niccolò, Beatrice, Raffaele',
    "D'Angelo, Bianchi, Dell'Acqua, Lombardi, Ricci, De Santis, Moretti, Caruso, Ferrante, Colombo",
  ),
  nameSet(
    'Łukasz, Małgorzata, Zbigniew, Agnieszka, Jiří, Božena, Dávid, Zsófia, Mirela, Vasile, Ivana, Željko',
    'Wójcik, Kowalczyk, Dvořák, Nováková, Szabó, Kovács, Popescu, Ștefănescu, Horvat, Đorđević, Zieliński, Čapek',
  ),
  nameSet(
    'Nguyễn Minh, Lê Thị Hoa, Trần Quốc, Phạm Bảo, Đặng Thu, Ahmad, Siti, Putri, Somchai, Analyn, Jose Rizalino',
    'Anh, Long, Trang, Dũng, Hartono, Wijaya, Rahman, Suksawat, Dela Peña, Macaraeg, Santiago',
  ),
  nameSet(
    'Haruka, Kenji, Sakura, Ryōta, Yūko, Min-jun, Seo-yeon, Ji-woo, Xiuying, Wei, Jianhong, Mei-Ling',
    'Nakamura, Satō, Fujimoto, Ōno, Kim, Park, Choi, Zhang, Huang, Chen, Ouyang, Lin',
  ),
  nameSet(
    'Priya, Arjun, Lakshmi, Rohan, Ananya, Vikram, Deepika, Sanjay, Kavya, Farhan, Zainab, Imran',
    'Venkataraman, Iyer, Chakraborty, Mukherjee, Patel, Krishnamurthy, Singh, Rao, Siddiqui, Qureshi, Wickramasinghe, Shah',
  ),
  nameSet(
    'Amina, Youssef, Leïla, Karim, Yasmin, Tariq, Hala, Omar, Rania, Samir, Dalia, Elif',
    'El-Sayed, Benali, Haddad, Al-Khatib, Mansour, Bouzid, Yıldız, Öztürk, Ben Youssef, Şahin, Abdel-Rahman',
  ),
  nameSet(
    'Wanjiru, Kwame, Chidinma, Oluwaseun, Thandiwe, Sipho, Fatoumata, Adaeze, Mbali, Tendai, Zodwa, Babajide',
    "Kamau, Mensah, Okonkwo, Adeyemi, Dlamini, Nkosi, N'Diaye, Eze, Moyo, Ogunleye, Mwangi, Ouédraogo",
  ),
  nameSet(
    'Leilani, Kai, Mateo, Sky, Wiremu, Aroha, Isabella, Jayden, Noor, Ezekiel, Zoë, Renée',
    'Kahananui, Te Aroha, Brooks, Washington, Delgado, Begay, Tāwhiri, Fontaine, Castellanos, Price-Jones, Winters',
  ),
];

/** Names that lists must cope with: a single word, other scripts, and longer than a line. */
export const UNUSUAL_NAMES: readonly { first: string | null; last: string | null; local: string }[] = [
  { first: '李晓明', last: null, local: 'xiaoming.li' },
  { first: 'Мария', last: 'Соколова', local: 'maria.sokolova' },
  { first: 'Ελένη', last: 'Παπαδοπούλου', local: 'eleni.papadopoulou' },
  { first: 'محمد', last: 'الهاشمي', local: 'mohammed.alhashimi' },
  { first: 'Suharto', last: null, local: 'suharto' },
  {
    first: 'Maria Antónia Filipa',
    last: 'de Vasconcelos e Albuquerque Coutinho de Bragança e Meneses da Costa Sottomayor',
    local: 'antonia.sottomayor',
  },
  { first: 'Hubert Blaine', last: 'Wolfeschlegelsteinhausenbergerdorff', local: 'hubert.w' },
  { first: 'Xi', last: 'Ng', local: 'xi.ng' },
];
